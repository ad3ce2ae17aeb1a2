/** Ethereum's addresses, keys and signatures: secp256k1, Keccak-256, BIP-39 and BIP-32. */
@NullMarked
package io.clearmarket.wallet.eth;

import org.jspecify.annotations.NullMarked;
