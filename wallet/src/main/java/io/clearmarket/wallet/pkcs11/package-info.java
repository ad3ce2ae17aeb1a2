/** Keys in PKCS#11 tokens. */
@NullMarked
package io.clearmarket.wallet.pkcs11;

import org.jspecify.annotations.NullMarked;
