/** Keys at rest: a folder of encrypted keys in public formats, readable by their owner alone. */
@NullMarked
package io.clearmarket.wallet.store;

import org.jspecify.annotations.NullMarked;
