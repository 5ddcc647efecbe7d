typedef int; BEGIN
