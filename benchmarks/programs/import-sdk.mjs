/** What importing the SDK costs on top of Node's own start. */
import "prefect-ts";
