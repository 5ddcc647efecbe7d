#pragma D option amin=Stable/Stable/Common
BEGIN { self->t = curthread; }
