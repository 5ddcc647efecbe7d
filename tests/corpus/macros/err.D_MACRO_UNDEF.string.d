BEGIN { trace($$nothing); }
