/** Keys, addresses and hashes of EVM chains. */
@NullMarked
package io.clearmarket.wallet.eth;

import org.jspecify.annotations.NullMarked;
