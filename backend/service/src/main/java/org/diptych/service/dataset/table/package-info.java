/** Tables with typed columns, written as Parquet that Hugging Face {@code datasets} opens with its own types. */
@NullMarked
package org.diptych.service.dataset.table;

import org.jspecify.annotations.NullMarked;
