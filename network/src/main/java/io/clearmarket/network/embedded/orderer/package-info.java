/** The ordering service: admission, block cutting, signed blocks and their file. */
@NullMarked
package io.clearmarket.network.embedded.orderer;

import org.jspecify.annotations.NullMarked;
