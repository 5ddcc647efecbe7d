/* A structure may point to its own kind; what alloca() gives may be written. */
struct node {
	struct node *next;
	int value;
};
BEGIN
{
	this->one = (struct node *)alloca(sizeof (struct node));
	this->two = (struct node *)alloca(sizeof (struct node));
	this->one->next = this->two;
	this->one->value = 1;
	this->two->next = this->one;
	this->two->value = 2;
	trace(this->one->next->value);
	trace(this->one->next->next->value);
	trace(this->one->next == this->two);
}
