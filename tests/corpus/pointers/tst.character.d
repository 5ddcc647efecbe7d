/* A string stands for the address of its first character where it is dereferenced. */
BEGIN
{
	this->path = "/etc/motd";
	trace(*this->path);
	trace(*this->path == '/');
	trace(sizeof (*this->path));
	this->rest = (char *)this->path + 5;
	trace(*this->rest);
	trace(stringof(this->rest));
	this->none = "";
	trace(*this->none);
}
