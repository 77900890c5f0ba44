"""The database: tables, transactions, projections, replay."""
