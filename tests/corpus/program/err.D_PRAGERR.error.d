#error stop here
BEGIN
