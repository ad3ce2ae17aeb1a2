/** Keys and signatures for both ledgers. No network code, and no dependency on the project's other modules. */
@NullMarked
package io.clearmarket.wallet;

import org.jspecify.annotations.NullMarked;
