"""The SQLite file: connections, transactions, migrations, and one module of SQL a table."""
