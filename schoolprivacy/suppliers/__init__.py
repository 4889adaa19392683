"""Who else gets data of the children: suppliers with their agreements, and other recipients."""
