BEGIN { denormalize(execname); }
