@NullMarked
package io.clearmarket.contracts;

import org.jspecify.annotations.NullMarked;
