/** EIP-712 typed structured data: a small builder for our own structs, and any JSON that a wallet is asked to sign. */
@NullMarked
package io.clearmarket.wallet.eip712;

import org.jspecify.annotations.NullMarked;
