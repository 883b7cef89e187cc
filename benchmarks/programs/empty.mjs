/** What Node's own start costs. */
