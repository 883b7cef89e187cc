/** The release of Prefect whose API this is; sent as User-Agent and answered at `/admin/version`. */
export const PREFECT_VERSION = "3.8.8";

/** The version of the REST API itself, as `/version` answers and `X-PREFECT-API-VERSION` carries. */
export const API_VERSION = "0.8.4";

/** The oldest API version that clients may still speak. */
export const OLDEST_API_VERSION = "0.8.0";
