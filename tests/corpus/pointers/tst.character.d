/* A string stands for the address of its first character where it is dereferenced. */
BEGIN
{
	this->path = "/etc/motd";
	trace(*this->path);
	trace(*this->path == '/');
	trace(sizeof (*this->path));
	this->none = "";
	trace(*this->none);
}
