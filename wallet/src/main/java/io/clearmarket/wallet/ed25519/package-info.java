/** Ed25519 (RFC 8032), the key of checkpoints' witnesses. */
@NullMarked
package io.clearmarket.wallet.ed25519;

import org.jspecify.annotations.NullMarked;
