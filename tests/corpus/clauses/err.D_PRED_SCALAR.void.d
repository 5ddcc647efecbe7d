BEGIN /bcopy(0, 0, 0)/ { }
