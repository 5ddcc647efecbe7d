/* A clause without a body, or with an empty one, traces that the probe fired. */
BEGIN
END { }
