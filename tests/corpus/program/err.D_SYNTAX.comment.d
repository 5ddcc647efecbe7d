BEGIN { } /* never ends
