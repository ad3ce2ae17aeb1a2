/** An embedded network's configuration as a file. */
@NullMarked
package io.clearmarket.network.config;

import org.jspecify.annotations.NullMarked;
