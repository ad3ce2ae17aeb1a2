/** Who must have signed: signature policies and implicit meta policies. */
@NullMarked
package io.clearmarket.network.embedded.policy;

import org.jspecify.annotations.NullMarked;
