BEGIN { printm(0, memref(curthread, 8)); }
