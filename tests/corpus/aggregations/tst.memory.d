/* Arrays of characters and structures are keys as their bytes. */
struct pair { char a[4]; char b[4]; };

BEGIN
{
	this->p = (struct pair *)0xc0500000;
	@array[this->p->a] = count();
	@array[this->p->a] = count();
	@whole[*this->p, 1] = count();
}
