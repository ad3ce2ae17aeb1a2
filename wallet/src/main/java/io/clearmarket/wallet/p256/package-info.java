/** ECDSA on P-256 as Fabric wants it: SHA-256, DER, low-S; one provider, chosen once. */
@NullMarked
package io.clearmarket.wallet.p256;

import org.jspecify.annotations.NullMarked;
