// Everything a page of Surelle does by itself. Without it pages still read and forms still post.
import "./dialogs.js";
import "./menus.js";
import "./toasts.js";
import "./keyboard.js";
import "./waiting.js";
import "./saving.js";
import "./forms.js";
