/* A shared object, but no chapter. */
int answer(void);

int answer(void)
{
	return 42;
}
