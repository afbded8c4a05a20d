#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this machine's processor has instructions for SHA-256 that `sha256_mix` knows.
bool sha256_instructions_exist(void);

/// Mixes blocks of 64 bytes into a state, as section 6.2.2 of FIPS 180-4 says, with the processor's own instructions.
/// May be called only where there are some.
///
/// - `constants`: the 64 words of section 4.2.2.
void sha256_mix(uint32_t state[8], const uint32_t constants[64], const void *blocks, size_t count);
