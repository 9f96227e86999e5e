-- The keys of the documents that OpenEMR encrypts on its disk.
SELECT k.name AS name, k.value AS value FROM "keys" AS k
