/* See bech32.h. The names are those of BIP 173. */
#include "core/seal/bech32.h"

#include <stdint.h>
#include <string.h>

#include <sodium.h>

#include "core/base/buf.h"

enum { CHECKSUM = 6 };

static const char CHARSET[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint32_t polymod_step(uint32_t chk, unsigned value)
{
    static const uint32_t GEN[5] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    uint32_t top = chk >> 25;
    chk = (chk & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < 5; i++)
        chk ^= (top >> i & 1) != 0 ? GEN[i] : 0;
    return chk;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static unsigned char lower(char c)
{
    return (unsigned char)(is_upper(c) ? c - 'A' + 'a' : c);
}

/* The checksum is over the small letters, whatever the case of the text. */
static uint32_t polymod_hrp(const char *hrp, size_t n)
{
    uint32_t chk = 1;
    for (size_t i = 0; i < n; i++)
        chk = polymod_step(chk, lower(hrp[i]) >> 5);
    chk = polymod_step(chk, 0);
    for (size_t i = 0; i < n; i++)
        chk = polymod_step(chk, lower(hrp[i]) & 31);
    return chk;
}

static bool has_upper(const char *s)
{
    for (; *s != '\0'; s++)
        if (is_upper(*s))
            return true;
    return false;
}

static char letter(unsigned value, bool upper)
{
    char c = CHARSET[value & 31];
    return upper && is_lower(c) ? (char)(c - 'a' + 'A') : c;
}

void bech32_encode(struct buf *out, const char *hrp, const unsigned char *bytes, size_t n_bytes)
{
    bool upper = has_upper(hrp);
    uint32_t chk = polymod_hrp(hrp, strlen(hrp)), acc = 0;
    int bits = 0;
    buf_adds(out, hrp);
    buf_addc(out, '1');
    /* Eight bits to five; the last group is filled up with zeros. */
    for (size_t i = 0; i < n_bytes || bits > 0;) {
        if (bits < 5 && i < n_bytes) {
            acc = (acc << 8 | bytes[i++]) & 0xfff;
            bits += 8;
        } else if (bits < 5) {
            acc <<= 5 - bits;
            bits = 5;
        }
        bits -= 5;
        unsigned value = acc >> bits & 31;
        chk = polymod_step(chk, value);
        buf_addc(out, letter(value, upper));
    }
    for (int i = 0; i < CHECKSUM; i++)
        chk = polymod_step(chk, 0);
    chk ^= 1;
    for (int i = 0; i < CHECKSUM; i++)
        buf_addc(out, letter(chk >> 5 * (CHECKSUM - 1 - i), upper));
}

static bool good_case(const char *s, size_t n)
{
    bool upper = false, small = false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < 33 || s[i] > 126)
            return false;
        upper = upper || is_upper(s[i]);
        small = small || is_lower(s[i]);
    }
    return !(upper && small);
}

/* The value of a character, -1: it is none. */
static int value_of(char c)
{
    const char *at = c != '\0' ? strchr(CHARSET, lower(c)) : NULL;
    return at != NULL ? (int)(at - CHARSET) : -1;
}

/* Five bits to eight. What is left over at the end is less than a group, and zero. */
static bool unpack(unsigned char *out, size_t n_bytes, const char *data, size_t n_data)
{
    uint32_t acc = 0;
    int bits = 0;
    size_t n = 0;
    for (size_t i = 0; i < n_data; i++) {
        acc = (acc << 5 | (unsigned)value_of(data[i])) & 0xfff;
        bits += 5;
        if (bits < 8)
            continue;
        bits -= 8;
        if (n == n_bytes)
            return false;
        out[n++] = (unsigned char)(acc >> bits);
    }
    bool rest_is_zero = bits < 5 && (acc & ((1U << bits) - 1)) == 0;
    sodium_memzero(&acc, sizeof acc);
    return rest_is_zero && n == n_bytes;
}

bool bech32_decode(unsigned char *out, size_t n_bytes, const char *hrp, const char *text, size_t n_text)
{
    size_t n_hrp = strlen(hrp);
    if (n_text < n_hrp + 1 + CHECKSUM || memcmp(text, hrp, n_hrp) != 0 || text[n_hrp] != '1' || !good_case(text, n_text))
        return false;
    const char *data = text + n_hrp + 1;
    size_t n_data = n_text - n_hrp - 1;
    uint32_t chk = polymod_hrp(hrp, n_hrp);
    for (size_t i = 0; i < n_data; i++) {
        int value = value_of(data[i]); /* a further "1" is no value: the separator is the last one */
        if (value < 0)
            return false;
        chk = polymod_step(chk, (unsigned)value);
    }
    return chk == 1 && unpack(out, n_bytes, data, n_data - CHECKSUM);
}
