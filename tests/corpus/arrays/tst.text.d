/* An array of characters is a string where one is wanted. */
struct s {
	char name[8];
};
struct s v;
BEGIN
{
	v.name[0] = 'h';
	v.name[1] = 'i';
	trace(stringof(v.name));
	trace(v.name == "hi");
	trace(strlen(v.name));
	trace(strjoin(v.name, "gh"));
	trace((string)v.name);
	seen[v.name] = 3;
	trace(seen["hi"]);
}
