BEGIN { printm(arg0, memref(curthread, 8)); }
