"""The life of an account after its opening: closed, opened again, deleted, ended some time after the last
contract."""
