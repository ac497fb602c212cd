;; What the module imports from JavaScript (module "host"). Strings and buffers cross in linear memory:
;; bytes 0..65535 are the transfer area; a pointer is an offset there. Handles are small non-negative integers, -1 means failure.

(import "host" "utcMicroseconds" (func $host_utc_microseconds (result i64)))            ;; since 1901-01-01 UTC
(import "host" "localOffsetSeconds" (func $host_local_offset_seconds (result i32)))     ;; local time minus UTC
(import "host" "milliseconds" (func $host_milliseconds (result f64)))                   ;; monotonic clock
(import "host" "randomSeed" (func $host_random_seed (result i32)))

(import "host" "sin" (func $host_sin (param $value f64) (result f64)))
(import "host" "cos" (func $host_cos (param $value f64) (result f64)))
(import "host" "tan" (func $host_tan (param $value f64) (result f64)))
(import "host" "asin" (func $host_asin (param $value f64) (result f64)))
(import "host" "acos" (func $host_acos (param $value f64) (result f64)))
(import "host" "atan" (func $host_atan (param $value f64) (result f64)))
(import "host" "atan2" (func $host_atan2 (param $first f64) (param $second f64) (result f64)))
(import "host" "exp" (func $host_exp (param $value f64) (result f64)))
(import "host" "log" (func $host_log (param $value f64) (result f64)))
(import "host" "log10" (func $host_log10 (param $value f64) (result f64)))
(import "host" "pow" (func $host_pow (param $first f64) (param $second f64) (result f64)))

;; Attributes and arguments: write at pointer, answer the length, -1 where there is none.
(import "host" "imageName" (func $host_image_name (param $pointer i32) (result i32)))
(import "host" "setImageName" (func $host_set_image_name (param $pointer i32) (param $length i32)))
(import "host" "vmPath" (func $host_vm_path (param $pointer i32) (result i32)))
(import "host" "attribute" (func $host_attribute (param $index i32) (param $pointer i32) (result i32)))  ;; getAttribute: numbering
(import "host" "environment" (func $host_environment (param $pointer i32) (param $length i32) (result i32))) ;; name in, value out

;; Files. Names in UTF-8 or the image's bytes at pointer, length. Handles 0 1 2 are standard input, output, error. Positions as f64.
(import "host" "fileOpen" (func $host_file_open (param $pointer i32) (param $length i32) (param $writable i32) (result i32)))
(import "host" "fileClose" (func $host_file_close (param $handle i32) (result i32)))
(import "host" "fileRead" (func $host_file_read (param $handle i32) (param $pointer i32) (param $count i32) (result i32)))
(import "host" "fileWrite" (func $host_file_write (param $handle i32) (param $pointer i32) (param $count i32) (result i32)))
(import "host" "fileSize" (func $host_file_size (param $handle i32) (result f64)))
(import "host" "filePosition" (func $host_file_position (param $handle i32) (result f64)))
(import "host" "fileSetPosition" (func $host_file_set_position (param $handle i32) (param $position f64) (result i32)))
(import "host" "fileTruncate" (func $host_file_truncate (param $handle i32) (param $size f64) (result i32)))
(import "host" "fileFlush" (func $host_file_flush (param $handle i32) (result i32)))
(import "host" "fileAtEnd" (func $host_file_at_end (param $handle i32) (result i32)))
;; What a standard stream leads to: 1 a terminal, 2 a pipe, 3 a file; -1 for a closed one.
(import "host" "streamType" (func $host_stream_type (param $handle i32) (result i32)))
(import "host" "fileDelete" (func $host_file_delete (param $pointer i32) (param $length i32) (result i32)))
(import "host" "fileRename" (func $host_file_rename (param $oldPointer i32) (param $oldLength i32) (param $newPointer i32) (param $newLength i32) (result i32)))
(import "host" "directoryCreate" (func $host_directory_create (param $pointer i32) (param $length i32) (result i32)))
(import "host" "directoryDelete" (func $host_directory_delete (param $pointer i32) (param $length i32) (result i32)))
;; Entry index (1-based) of a directory, or the entry of that name when index is 0: writes at 0 a record of
;; f64 created, f64 modified (seconds since 1901, local), f64 size, i32 isDirectory, i32 length of the name, name. 0 ok, 1 no more, 2 bad path.
(import "host" "directoryEntry" (func $host_directory_entry (param $pointer i32) (param $length i32) (param $index i32) (param $namePointer i32) (param $nameLength i32) (result i32)))

;; Display and input, as far as a host has them.
(import "host" "screenSize" (func $host_screen_size (result i32)))                       ;; width << 16 | height
;; The Display has changed there; while updates are not deferred. `displayShow`: it is to be seen as it is at this moment.
(import "host" "displayChanged" (func $host_display_changed (param $left i32) (param $top i32) (param $right i32) (param $bottom i32)))
(import "host" "displayShow" (func $host_display_show (param $left i32) (param $top i32) (param $right i32) (param $bottom i32)))
;; A new cursor, in the transfer area: width, height, depth, offset x, offset y, number of words, of mask words; the words; the mask.
(import "host" "cursor" (func $host_cursor))
(import "host" "fullScreen" (func $host_full_screen (param $on i32)))
(import "host" "nextEvent" (func $host_next_event (param $pointer i32) (result i32)))     ;; 8 i32 at pointer; 0: none
(import "host" "dropFileName" (func $host_drop_file_name (param $index i32) (param $pointer i32) (result i32)))   ;; of the files dropped last
(import "host" "beep" (func $host_beep))
(import "host" "clipboardRead" (func $host_clipboard_read (param $pointer i32) (result i32)))
(import "host" "clipboardWrite" (func $host_clipboard_write (param $pointer i32) (param $length i32)))

;; Connections, as far as a host has them: HTTP and WebSockets. Semaphores by their index; addresses as 32 bits, first byte on top.
(import "host" "socketCreate" (func $host_socket_create (param $semaphore i32) (param $read i32) (param $write i32) (result i32)))
(import "host" "socketConnect" (func $host_socket_connect (param $handle i32) (param $address i32) (param $port i32) (result i32)))
(import "host" "socketAsk" (func $host_socket_ask (param $handle i32) (param $what i32) (result i32)))   ;; host/sockets.mjs: kAsk
(import "host" "socketReceive" (func $host_socket_receive (param $handle i32) (param $pointer i32) (param $count i32) (result i32)))
(import "host" "socketSend" (func $host_socket_send (param $handle i32) (param $pointer i32) (param $count i32) (result i32)))
(import "host" "socketEnd" (func $host_socket_end (param $handle i32) (param $how i32) (result i32)))      ;; 0 close, 1 abort, 2 destroy
(import "host" "addressOf" (func $host_address_of (param $pointer i32) (param $length i32) (result i32)))
(import "host" "nameOf" (func $host_name_of (param $address i32) (param $pointer i32) (result i32)))

;; Sound, as far as a host has it. Bytes are 16-bit samples, left and right in turn where it is stereo.
(import "host" "soundStart" (func $host_sound_start (param $frames i32) (param $rate i32) (param $stereo i32) (param $semaphore i32) (result i32)))
(import "host" "soundStop" (func $host_sound_stop))
(import "host" "soundSpace" (func $host_sound_space (result i32)))                      ;; bytes; -1: nothing is played
(import "host" "soundPlay" (func $host_sound_play (param $pointer i32) (param $bytes i32) (result i32)))  ;; frames taken
(import "host" "soundVolume" (func $host_sound_volume (param $left f64) (param $right f64)))

;; A call that JavaScript began (see runtime-wat/foreign_calls.wat) has returned: its Context and the value.
(import "host" "callReturned" (func $host_call_returned (param $context eqref) (param $value eqref)))
;; What Smalltalk asks of JavaScript (module JavaScript): the operations of host/javascript.mjs. The global `primitiveFailed`: it failed.
(import "host" "javaScript" (func $host_javascript (param $operation i32) (param $receiver eqref) (param $first eqref) (param $second eqref) (result eqref)))
;; Nobody took an exception, and the image is about to end: its class's name, its description, the Context that signalled it.
(import "host" "unhandledError" (func $host_unhandled_error (param $className eqref) (param $description eqref) (param $context eqref)))

;; A WeakRef for an object; its object, null when it is gone.
(import "host" "weakReference" (func $host_weak_reference (param $value eqref) (result externref)))
(import "host" "weakTarget" (func $host_weak_target (param $reference externref) (result eqref)))

;; JPEG: what is appended is taken by the next call that needs it. Width, height, components (i32 at 0): zeros for what is no
;; JPEG file. Decoding answers the components (1 or 3 bytes per pixel), 0 on failure; encoding the length of the file.
(import "host" "jpegAppend" (func $host_jpeg_append (param $pointer i32) (param $count i32)))
(import "host" "jpegHeader" (func $host_jpeg_header))
(import "host" "jpegDecode" (func $host_jpeg_decode (result i32)))                       ;; puts the header too
(import "host" "jpegRow" (func $host_jpeg_row (param $row i32) (param $pointer i32)))
(import "host" "jpegEncode" (func $host_jpeg_encode (param $width i32) (param $height i32) (param $components i32) (param $quality i32) (param $progressive i32) (result i32)))
(import "host" "jpegTake" (func $host_jpeg_take (param $offset i32) (param $pointer i32) (param $count i32)))

;; CodeParadise. Variables: store 0 of the session, 1 persistent; names and values at 0, a value behind its name. Lengths, -1: none.
(import "host" "changeCase" (func $host_change_case (param $code i32) (param $upper i32) (result i32)))
(import "host" "numberText" (func $host_number_text (param $value f64) (param $base i32) (param $pointer i32) (result i32)))
(import "host" "textNumber" (func $host_text_number (param $pointer i32) (param $length i32) (result i32)))   ;; 1: an f64 at 0
(import "host" "consoleLine" (func $host_console_line (param $level i32) (param $pointer i32) (param $length i32)))
(import "host" "variable" (func $host_variable (param $store i32) (param $pointer i32) (param $length i32) (result i32)))
(import "host" "setVariable" (func $host_set_variable (param $store i32) (param $length i32) (param $valueLength i32)))
(import "host" "variableCount" (func $host_variable_count (result i32)))
(import "host" "variableName" (func $host_variable_name (param $index i32) (param $pointer i32) (result i32)))
(import "host" "webSocketOpen" (func $host_web_socket_open (param $pointer i32) (param $length i32) (param $semaphore i32) (result i32)))
(import "host" "webSocketState" (func $host_web_socket_state (param $handle i32) (result i32)))
(import "host" "webSocketMessage" (func $host_web_socket_message (param $handle i32) (result i32)))     ;; its size, -1: none
(import "host" "webSocketRead" (func $host_web_socket_read (param $handle i32) (param $at i32) (param $pointer i32) (result i32)))
(import "host" "webSocketWrite" (func $host_web_socket_write (param $handle i32) (param $pointer i32) (param $count i32)))
(import "host" "webSocketSend" (func $host_web_socket_send (param $handle i32) (result i32)))           ;; what was written
(import "host" "webSocketClose" (func $host_web_socket_close (param $handle i32)))

;; Diagnostics: a message for the person who runs the image.
(import "host" "report" (func $host_report (param $pointer i32) (param $length i32)))

;; The transfer area, and while loading the heap file.
(memory (export "memory") 2)
