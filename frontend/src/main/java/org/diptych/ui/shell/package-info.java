/** What all pages share: the frame with its navigation, security of pages, theme, language, and small parts. */
@NullMarked
package org.diptych.ui.shell;

import org.jspecify.annotations.NullMarked;
