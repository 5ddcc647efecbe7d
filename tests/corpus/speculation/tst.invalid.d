/* A clause that speculates on 0 ends silently, on a number beyond nspec with ILLOP; so commit() and discard(). */
BEGIN { speculate(0); trace("zero"); }
BEGIN { speculate(2); trace("beyond"); }
BEGIN { speculate(-1); trace("negative"); }
BEGIN { commit(0); }
BEGIN { commit(2); }
BEGIN { discard(0); }
BEGIN { discard(99); }
BEGIN { trace("end"); }
