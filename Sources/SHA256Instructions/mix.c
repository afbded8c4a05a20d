// Source: Intel, "Intel SHA Extensions: New Instructions Supporting the Secure Hash Algorithm", 2013.

#include "SHA256Instructions.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

static bool has_instructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  bool has_shuffles = (c & bit_SSSE3) && (c & bit_SSE4_1);
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  return has_shuffles && (b & (1u << 29));
}

bool sha256_instructions_exist(void) {
  // Asking the processor takes longer than a block; two threads that ask at once find the same.
  static int answer = -1;
  int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);
  if (known < 0) {
    known = has_instructions();
    __atomic_store_n(&answer, known, __ATOMIC_RELAXED);
  }
  return known;
}

__attribute__((target("sha,ssse3,sse4.1")))
void sha256_mix(uint32_t state[8], const uint32_t constants[64], const void *blocks, size_t count) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions want the words a b e f and c d g h together, the first one highest.
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);

  for (const uint8_t *block = blocks; count > 0; count--, block += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i schedule[4];
#pragma clang loop unroll(full)
    for (int step = 0; step < 16; step++) {
      // Four words of the schedule for four rounds; the last sixteen are kept.
      __m128i *now = &schedule[step & 3];
      if (step < 4) {
        *now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * step)), big_endian);
      } else {
        const __m128i late = schedule[(step + 3) & 3];
        const __m128i middle = _mm_alignr_epi8(late, schedule[(step + 2) & 3], 4);
        const __m128i early = _mm_sha256msg1_epu32(*now, schedule[(step + 1) & 3]);
        *now = _mm_sha256msg2_epu32(_mm_add_epi32(early, middle), late);
      }
      const __m128i words =
          _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)(constants + 4 * step)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, words);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(words, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool sha256_instructions_exist(void) { return false; }

void sha256_mix(uint32_t state[8], const uint32_t constants[64], const void *blocks, size_t count) {
  (void)state, (void)constants, (void)blocks, (void)count;
  __builtin_trap();
}

#endif
