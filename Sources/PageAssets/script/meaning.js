// meaning
