import { flag, float, int, optionalChoice, optionalFloat, optionalInt, optionalText, text } from "../define.ts";

export const serverDatabaseSettings = {
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_APPLICATION_NAME: optionalText(
    "Name of our connections in PostgreSQL.",
  ),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_SEARCH_PATH: optionalText("Schema search path in PostgreSQL."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_STATEMENT_CACHE_SIZE: optionalInt(
    "Prepared statements per connection; 0 for PgBouncer.",
  ),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_PREPARED_STATEMENT_CACHE_SIZE: optionalInt(
    "Prepared statements per connection; 0 for PgBouncer.",
  ),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_SIZE: int(5, "Connections kept open to PostgreSQL.", {
    aliases: ["PREFECT_SQLALCHEMY_POOL_SIZE"],
  }),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_RECYCLE: int(3600, "Seconds until a connection is renewed."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_POOL_TIMEOUT: float(30, "Seconds to wait for a free connection."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_MAX_OVERFLOW: int(10, "Connections beyond the pool when it is busy.", {
    aliases: ["PREFECT_SQLALCHEMY_MAX_OVERFLOW"],
  }),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_ENABLED: flag(false, "Speaks TLS with PostgreSQL."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CA_FILE: optionalText("Certificate authority of PostgreSQL."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CERT_FILE: optionalText("Client certificate for PostgreSQL."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_KEY_FILE: optionalText("Key of the client certificate."),
  PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CHECK_HOSTNAME: flag(
    true,
    "Checks the host name in the certificate of PostgreSQL.",
  ),
  PREFECT_SERVER_DATABASE_CONNECTION_URL: text(
    "",
    "Address of the database; unset means prefect-ts.db in PREFECT_HOME.",
    { aliases: ["PREFECT_API_DATABASE_CONNECTION_URL"], isSecret: true },
  ),
  PREFECT_SERVER_DATABASE_DRIVER: optionalChoice(
    ["postgresql+asyncpg", "sqlite+aiosqlite"],
    "Driver in the database address, when it is given in parts.",
    { aliases: ["PREFECT_API_DATABASE_DRIVER"] },
  ),
  PREFECT_SERVER_DATABASE_HOST: optionalText("Host in the database address.", {
    aliases: ["PREFECT_API_DATABASE_HOST"],
  }),
  PREFECT_SERVER_DATABASE_PORT: optionalInt("Port in the database address.", {
    aliases: ["PREFECT_API_DATABASE_PORT"],
  }),
  PREFECT_SERVER_DATABASE_USER: optionalText("User in the database address.", {
    aliases: ["PREFECT_API_DATABASE_USER"],
  }),
  PREFECT_SERVER_DATABASE_NAME: optionalText("Database name, or file, in the database address.", {
    aliases: ["PREFECT_API_DATABASE_NAME"],
  }),
  PREFECT_SERVER_DATABASE_PASSWORD: optionalText("Password in the database address.", {
    aliases: ["PREFECT_API_DATABASE_PASSWORD"],
    isSecret: true,
  }),
  PREFECT_SERVER_DATABASE_ECHO: flag(false, "Logs every SQL statement.", { aliases: ["PREFECT_API_DATABASE_ECHO"] }),
  PREFECT_SERVER_DATABASE_MIGRATE_ON_START: flag(true, "Migrates the database when the server starts.", {
    aliases: ["PREFECT_API_DATABASE_MIGRATE_ON_START"],
  }),
  PREFECT_SERVER_DATABASE_TIMEOUT: float(10, "Seconds a statement may take.", {
    aliases: ["PREFECT_API_DATABASE_TIMEOUT"],
  }),
  PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT: float(5, "Seconds to wait for a connection to open.", {
    aliases: ["PREFECT_API_DATABASE_CONNECTION_TIMEOUT"],
  }),
  PREFECT_SERVER_DATABASE_MIGRATION_TIMEOUT: optionalFloat(
    "Seconds a statement of a migration may take; unset means no limit.",
    { above: 0 },
  ),
};
