"""A folder of documents of a whole country comes in, partitions of results go out."""
