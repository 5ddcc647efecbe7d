#nonsense
BEGIN
