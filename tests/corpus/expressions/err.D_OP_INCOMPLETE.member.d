BEGIN { trace(curthread->td_proc); }
