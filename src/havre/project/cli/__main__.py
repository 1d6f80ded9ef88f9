from havre.project.cli import main

main(prog_name="havre")
