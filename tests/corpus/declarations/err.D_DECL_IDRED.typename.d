typedef int t; int t; BEGIN
