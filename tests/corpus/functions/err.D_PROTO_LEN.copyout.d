BEGIN { this->x = copyout(curthread, 1); }
