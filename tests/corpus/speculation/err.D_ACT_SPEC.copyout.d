BEGIN { speculate(1); copyout(curthread, 1, 2); }
