/* A number stands for the probe that has it; dtrace's own have 1 to 3. */
1 { trace("begins"); zero = 0; }
2 { trace("ends"); }
3 { trace("fails"); }
1 { trace(1 / zero); }
1, 2 { trace(probename); }
