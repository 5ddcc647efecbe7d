BEGIN /nothing[1] == 0/ { before = nothing[2]; } BEGIN /before/ { trace(before); }
