/* A clause runs if its predicate is not zero; slashes divide inside parentheses and outside. */
BEGIN /0/ { trace("no"); }
BEGIN /1/ { trace("yes"); }
BEGIN /execname == "dd" && pid == 734/ { trace("both"); }
BEGIN / 8 / 2 == 4 / { trace("division"); }
BEGIN /(8 / 3)/ /* comment */ { trace("comment"); }
BEGIN /pid/ { }
